declare module 'fontverter' {
  export type FontFormat = 'sfnt' | 'truetype' | 'woff' | 'woff2'
  const fontverter: { convert(font: Buffer, to: FontFormat, from?: FontFormat): Promise<Buffer> }
  export default fontverter
}
