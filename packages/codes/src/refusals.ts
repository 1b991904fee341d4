/** The few ways in which a code can be wrong. The refused text itself is never repeated: it may be somebody's identity number. */
import { type Err, type Refusal, refuse } from '@yichuang/result'

/** `what` names the code (`credit-code`), `part` the part of it that is wrong. */
export function wrongLength(what: string, expected: string, actual: number): Err<Refusal> {
  return refuse('codes/wrong-length', `A ${what} has ${expected} characters; this has ${actual}.`, {
    what,
    part: 'length',
    expected,
    actual,
  })
}

/** `at` counts from 1. */
export function wrongCharacter(what: string, part: string, at: number, allowed: string): Err<Refusal> {
  const message = `Character ${at} of this ${what} (${part}) must be ${allowed}.`
  return refuse('codes/wrong-character', message, { what, part, at, expected: allowed })
}

export function wrongPart(what: string, part: string, expected: string): Err<Refusal> {
  return refuse('codes/wrong-part', `The ${part} of this ${what} must be ${expected}.`, { what, part, expected })
}

export function wrongCheck(what: string, expected: string): Err<Refusal> {
  const message = `The check character of this ${what} should be ${expected}: compare it with the document, character by character.`
  return refuse('codes/wrong-check-character', message, { what, part: 'check', expected })
}

/** Index of the first character that is not in the alphabet, or -1. */
export function findStranger(text: string, alphabet: string): number {
  for (let i = 0; i < text.length; i++) if (!alphabet.includes(text.charAt(i))) return i
  return -1
}
