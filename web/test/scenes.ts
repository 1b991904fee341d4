/** Scenes that a test finds already set: played at the public API by the same people who could have played them at the pages. */
import type { Cast } from '../../tools/tour/stage.ts'
import { accept, apply, findOwner, play, register, type Story } from '../../tools/tour/story.ts'
import type { Teller } from '../../tools/tour/teller.ts'

const silent: Teller = { language: 'zh', words: (text) => text.zh, chapter: () => {}, line: () => {} }

/** The whole path, to its end: certificates, ratings, notices, a supervision case. */
export async function playToTheEnd(url: string): Promise<void> {
  await play(url, silent)
}

/** A shop that becomes a company: registered, and every other matter at work. */
export async function registered(cast: Cast): Promise<Story> {
  const story = await submitted(cast)
  await accept(story)
  await register(story)
  return story
}

/** Handed in at the portal, not yet accepted. */
export async function submitted(cast: Cast): Promise<Story> {
  const applying = await findOwner(cast)
  const receipt = await apply(cast, silent, applying)
  return { cast, tell: silent, owner: applying.owner, clerk: await cast.as('clerk-tianyuan'), caseId: receipt.case }
}

/** The part of the case at that node, as a case of its own. */
export async function partOf({ owner, caseId }: Story, node: string): Promise<string> {
  const child = (await owner.see(caseId)).steps.find((step) => step.id === node)?.child
  if (child === undefined) throw new Error(`node ${node} has not been opened`)
  return child.id
}
