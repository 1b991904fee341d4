/** QR codes as drawings: one path, no raster, the same in HTML and PDF. ISO/IEC 18004, error correction M. */
import qrcode from 'qrcode'

/** Modules of light border that readers need. */
const QUIET = 4

/** An SVG of the text; its side is `size` in CSS pixels (viewBox in modules). */
export function qrSvg(text: string, size = 132): string {
  const { modules } = qrcode.create(text.toWellFormed(), { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * QUIET
  const path = rowsOf(modules.size, (row, column) => modules.get(row, column) === 1)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#ffffff"/><path fill="#000000" d="${path}"/></svg>`
  )
}

/** Runs of dark modules of each row as flat rectangles. */
function rowsOf(size: number, dark: (row: number, column: number) => boolean): string {
  const path: string[] = []
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!dark(row, column)) continue
      const from = column
      while (column + 1 < size && dark(row, column + 1)) column += 1
      path.push(`M${from + QUIET} ${row + QUIET}h${column - from + 1}v1h-${column - from + 1}z`)
    }
  }
  return path.join('')
}
