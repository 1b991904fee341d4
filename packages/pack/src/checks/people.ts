/** Work that nobody in the demonstration could do: a role that no person holds at the desk. */
import { type Place, under } from '../issues.ts'
import type { Check, PackDraft } from './draft.ts'

/** The person at work, not a post. */
const WITHOUT_POST = ['handler', 'applicant']

export const checkRoles: Check = (draft) => {
  if (draft.tables.people.size === 0) return
  for (const sheet of draft.sheets.flow) {
    for (const [id, step] of Object.entries(sheet.data.steps)) {
      const here = under(sheet.place, 'steps', id)
      if (step.role !== undefined) checkHeld(draft, { role: step.role, desk: step.desk, place: under(here, 'role') })
      for (const [name, action] of Object.entries(step.actions ?? {})) {
        if (action.role !== undefined) checkHeld(draft, { role: action.role, desk: step.desk, place: under(here, 'actions', name, 'role') })
      }
    }
    for (const [id, clock] of Object.entries(sheet.data.clocks ?? {})) {
      if (clock.extend !== undefined) checkHeld(draft, { role: clock.extend.by, place: under(sheet.place, 'clocks', id, 'extend', 'by') })
    }
  }
  checkListeners(draft)
}

function checkListeners(draft: PackDraft): void {
  for (const { levels, place } of draft.ladders.values()) {
    for (const [index, level] of levels.entries()) {
      for (const [at, role] of level.tells.entries()) {
        if (!WITHOUT_POST.includes(role)) checkHeld(draft, { role, place: under(place, index, 'tells', at) })
      }
    }
  }
}

type Wanted = { readonly role: string; readonly desk?: string | undefined; readonly place: Place }

function checkHeld({ tables, issues }: PackDraft, { role, desk, place }: Wanted): void {
  const posts = [...tables.people.values()].flatMap((entry) => entry.value.posts)
  if (posts.some((post) => post.roles.includes(role) && (desk === undefined || post.desk === desk))) return
  const where = desk === undefined ? '' : ` at the ${desk} desk`
  issues.warn(
    place,
    'role-nobody-holds',
    `Nobody in demo/people.yaml holds the role "${role}"${where}: give it to a person, or nobody can do this.`,
  )
}
