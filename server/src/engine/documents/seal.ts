/**
 * 印章 as a drawing: ring, five-pointed star, the organisation's name on an arc above it (国发〔1999〕25号: round, name around the star).
 * A seal of a synthetic organisation carries 示范 under the star and is no seal of anybody.
 */
import { escapeXml } from './escape.ts'

export type Seal = { readonly name: string; readonly synthetic: boolean }
/** The family to draw a character with. */
export type FamilyOf = (character: string) => string

const RED = '#d0111b'
const SIZE = 240
const CENTRE = SIZE / 2
/** Baseline of the name, and the arc it may take: 260° with the gap below. */
const BASELINE = 80
const FONT = 27
const MOST_ARC = (260 * Math.PI) / 180
/** Characters stand apart at most this far, so that a short name stays together. */
const MOST_STEP = (24 * Math.PI) / 180

/** An SVG whose side is `size` (viewBox 240). Characters are placed one by one: text on a path is drawn differently everywhere. */
export function sealSvg(seal: Seal, family: FamilyOf, size = 158): string {
  const ring = `<circle cx="${CENTRE}" cy="${CENTRE}" r="112" fill="none" stroke="${RED}" stroke-width="6"/>`
  const star = `<path d="${starPath(36)}" fill="${RED}"/>`
  const mark = seal.synthetic ? straight('示范', { y: 196, font: 24, family }) : ''
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${SIZE} ${SIZE}">` +
    `${ring}${star}${around(seal.name, family)}${mark}</svg>`
  )
}

function around(name: string, family: FamilyOf): string {
  const characters = [...name]
  const step = characters.length < 2 ? 0 : Math.min(MOST_STEP, MOST_ARC / (characters.length - 1))
  // The width that a character has on the arc, half way up its body; long names are drawn narrower, as engravers do.
  const room = step === 0 ? FONT : step * (BASELINE + FONT * 0.35)
  const narrow = Math.min(1, room / (FONT * 1.08))
  const drawn = characters.map((character, i) => {
    const angle = (i - (characters.length - 1) / 2) * step
    const x = CENTRE + BASELINE * Math.sin(angle)
    const y = CENTRE - BASELINE * Math.cos(angle)
    const turn = (angle * 180) / Math.PI
    return letter(character, family, `translate(${round(x)} ${round(y)}) rotate(${round(turn)}) scale(${round(narrow)} 1)`, FONT)
  })
  return drawn.join('')
}

function straight(text: string, place: { y: number; font: number; family: FamilyOf }): string {
  const characters = [...text]
  const drawn = characters.map((character, i) => {
    const x = CENTRE + (i - (characters.length - 1) / 2) * place.font * 1.5
    return letter(character, place.family, `translate(${round(x)} ${place.y})`, place.font)
  })
  return drawn.join('')
}

function letter(character: string, family: FamilyOf, transform: string, font: number): string {
  return (
    `<text transform="${transform}" text-anchor="middle" font-family="${escapeXml(family(character))}" font-weight="bold" font-size="${font}" ` +
    `fill="${RED}">${escapeXml(character)}</text>`
  )
}

function starPath(radius: number): string {
  // Inner radius of a regular pentagram: R · sin 18° / sin 54°.
  const inner = (radius * Math.sin(Math.PI / 10)) / Math.sin((3 * Math.PI) / 10)
  const points = Array.from({ length: 10 }, (_, i) => {
    const angle = (i * Math.PI) / 5
    const r = i % 2 === 0 ? radius : inner
    return `${round(CENTRE + r * Math.sin(angle))} ${round(CENTRE - r * Math.cos(angle))}`
  })
  return `M${points.join('L')}Z`
}

const round = (n: number) => Math.round(n * 100) / 100
