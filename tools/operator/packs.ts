/** `pack check`, `pack diff`. */
import { resolve } from 'node:path'
import { formatDiff, packDiff } from '@yichuang/pack'
import { checkPackFolder } from '../packs.ts'
import { type Command, config, operands } from './command.ts'

export const packCheckCommand: Command = {
  name: 'pack check',
  takes: '[folder]',
  what: 'checks a city pack: every fault with file, line and how to mend it; runs its examples',
  more: 'Without a folder: the pack of YICHUANG_PACK. Exit code 1 when there is an error; warnings do not count.',
  run: async (args) => {
    const folder = resolve(operands(args)[0] ?? config().pack)
    const { errors, warnings, summary } = await checkPackFolder(folder)
    for (const line of [...errors, ...warnings]) console.log(line)
    const counted = Object.entries(summary).map(([what, n]) => `${n} ${what}`)
    console.log(`${folder}: ${counted.join(', ')}`)
    return errors.length === 0 ? 0 : 1
  },
}

export const packDiffCommand: Command = {
  name: 'pack diff',
  takes: '<before> <after>',
  what: 'says what a reform takes off an applicant: steps, materials, days, visits (四减), per matter and in total',
  more: 'Both are folders of packs. Nothing is changed.',
  run: async (args) => {
    const [before, after] = operands(args)
    if (before === undefined || after === undefined) throw new Error('pack diff needs two folders: the pack before and the pack after')
    console.log(formatDiff(packDiff(await compiled(before), await compiled(after))))
    return 0
  },
}

async function compiled(folder: string) {
  const { pack, errors } = await checkPackFolder(resolve(folder))
  if (pack === null) throw new Error(`${folder} has faults; mend them first:\n${errors.join('\n')}`)
  return pack
}
