/** Who reads which action: the table, and where the pack departs from it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ActionDef, CaseEvent, EffectName } from '@yichuang/caseflow'
import { EFFECTS } from '@yichuang/caseflow'
import { testCity } from '../../../test/harness.ts'
import { reachOf } from './audience.ts'

const flow = (await testCity()).flows.get('permit') ?? assert.fail('no flow')

type Action = CaseEvent & { readonly type: 'action-taken' }
const taken = (effect: EffectName, more: Partial<Action> = {}): Action =>
  ({
    type: 'action-taken',
    at: '2035-03-05T01:30:00.000Z',
    actor: 'hai',
    org: '990102.harbour',
    action: effect,
    effect,
    input: {},
    ...more,
  }) as Action

describe('what an applicant reads of an action', () => {
  it('by an office: what moves the case and what the law has told, and no word among offices', () => {
    const lines = EFFECTS.filter((effect) => reachOf(flow, taken(effect)).line === 'applicant')
    assert.deepEqual(
      EFFECTS.filter((effect) => !lines.includes(effect)).sort(),
      ['answer-card', 'answer-co-handling', 'assign', 'attach', 'claim', 'co-handle', 'comment', 'release', 'return', 'supervise'].sort(),
    )
    assert.deepEqual(
      lines.filter((effect) => reachOf(flow, taken(effect)).words === 'house'),
      ['complete', 'transfer'],
    )
  })

  it('by her own side: all of it', () => {
    for (const effect of EFFECTS) {
      const { org: _, ...own } = taken(effect, { actor: 'mei' })
      assert.deepEqual(reachOf(flow, own), { line: 'applicant', words: 'applicant' }, effect)
    }
  })

  it('by an action of the pack: what the pack says of it', () => {
    const announce: ActionDef = { id: 'announce', title: { zh: '告知' }, effect: 'comment', needs: [], by: 'staff', destructive: false }
    const secret: ActionDef = { ...announce, id: 'secret', effect: 'complete', audience: 'house' }
    const own = { ...flow, actions: { ...flow.actions, announce: { ...announce, audience: 'applicant' as const }, secret } }
    assert.deepEqual(reachOf(own, taken('comment', { action: 'announce' })), { line: 'applicant', words: 'applicant' })
    assert.deepEqual(reachOf(own, taken('complete', { action: 'secret' })), { line: 'house', words: 'house' })
    assert.deepEqual(reachOf({ ...own, actions: { announce } }, taken('comment', { action: 'announce' })).line, 'house')
  })
})
