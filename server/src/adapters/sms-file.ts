/**
 * Short messages into a file instead of a gateway: one JSON line each in `<folder>/sms.jsonl`, numbers masked. The default, so that a
 * demonstration sends nothing to anybody. A line may come twice after a crash; its id tells.
 */
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { maskMobile } from '@yichuang/codes'

export type SmsFile = { send(message: { readonly id: string; readonly mobile: string; readonly text: string }): Promise<void> }

/** `now` is real time: when the line was written. */
export async function openSmsFile({ folder, now }: { readonly folder: string; readonly now: () => number }): Promise<SmsFile> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'sms.jsonl')
  return {
    send: async ({ id, mobile, text }) => {
      const line = { id, at: new Date(now()).toISOString(), to: maskMobile(mobile), text }
      // One write call with O_APPEND: lines of several processes do not mix.
      await appendFile(path, `${JSON.stringify(line)}\n`, { mode: 0o600 })
    },
  }
}
