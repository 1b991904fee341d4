/** Style of a printed document; A4 on paper, a sheet on a desk on screen, the whole width on a phone. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #eceef1; color: #111; font: 16px/1.9 "FangSong", "STFangsong", "FangSong_GB2312", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", serif; }
.links { max-width: 210mm; margin: 0 auto; padding: 14px 4px 0; display: flex; gap: 20px; justify-content: flex-end; font: 14px/1.5 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
.links a { color: #0b57a4; }
.sheet { width: 210mm; max-width: 100%; min-height: 297mm; margin: 14px auto 40px; padding: 30mm 26mm 24mm; background: #fff; box-shadow: 0 1px 3px rgba(0, 0, 0, .16), 0 8px 28px rgba(0, 0, 0, .08); display: flex; flex-direction: column; overflow-wrap: anywhere; }
header { text-align: center; margin-bottom: 26px; }
.head { margin: 0 0 6px; font-size: 19px; letter-spacing: .12em; }
h1 { margin: 0; font: 700 29px/1.4 "FZXiaoBiaoSong-B05S", "STZhongsong", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", serif; letter-spacing: .1em; }
.number { margin: 14px 0 0; padding-bottom: 8px; text-align: right; font-size: 15px; border-bottom: 2px solid #c1121c; }
h2 { margin: 18px 0 6px; font-size: 18px; }
p { margin: 0 0 10px; text-indent: 2em; text-align: justify; white-space: pre-line; }
html[lang="en"] p { text-indent: 0; text-align: left; }
html[lang="en"] h1, html[lang="en"] .head { letter-spacing: 0; }
.head, .number, .small, .note, .signed p { text-indent: 0; }
header .head { text-align: center; }
header .number { text-align: right; }
.small { font-size: 14px; color: #444; }
table { width: 100%; margin: 10px 0 18px; border-collapse: collapse; font-size: 15px; line-height: 1.6; }
th, td { padding: 7px 12px; border: 1px solid #555; text-align: left; vertical-align: top; white-space: pre-line; }
th { width: 31%; font-weight: 400; background: #f6f6f4; }
ol { margin: 4px 0 14px; padding-left: 2.6em; }
li { margin-bottom: 4px; white-space: pre-line; }
footer { margin-top: 28px; display: flex; justify-content: space-between; align-items: flex-end; gap: 16px; break-inside: avoid; }
.qr { margin: 0; width: 132px; text-align: center; font-size: 13px; line-height: 1.4; }
.qr svg { display: block; width: 132px; height: 132px; }
.signed { position: relative; min-width: 250px; padding: 132px 12px 0; text-align: center; }
.signed p, html[lang="en"] .signed p { margin: 0 0 4px; text-align: center; }
.stamp { position: absolute; left: 50%; top: 0; margin-left: -79px; width: 158px; height: 158px; opacity: .88; mix-blend-mode: multiply; pointer-events: none; }
.note { margin: auto 0 0; padding-top: 18px; text-align: center !important; font-size: 13px; color: #666; }
@media (max-width: 720px) {
  body { background: #fff; }
  .links { padding: 12px 20px 0; }
  .sheet { min-height: 0; margin: 0; padding: 24px 20px 32px; box-shadow: none; }
  .head { font-size: 17px; }
  h1 { font-size: 23px; letter-spacing: .04em; }
  th { width: 36%; }
  footer { flex-direction: column-reverse; align-items: stretch; }
  .signed { align-self: flex-end; }
  .qr { margin: 0 auto; }
}
@page { size: A4; margin: 24mm 24mm 20mm; }
@media print {
  body { background: #fff; }
  .links { display: none; }
  .sheet { width: auto; min-height: 0; margin: 0; padding: 0; box-shadow: none; display: block; }
  .note { margin-top: 10mm; }
  tr, li, h2 { break-inside: avoid; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`
