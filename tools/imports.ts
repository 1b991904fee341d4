/** Specifiers that a TypeScript file imports: static, re-exported, type-only, dynamic and required. A type is an idea too: it counts. */
const STATIC = /(?:^|[;}])[ \t]*(?:import|export)\b(?:[^'"`;(]*?\bfrom)?\s*(?:'([^'\n]+)'|"([^"\n]+)")/gm
const CALLED = /(?<![\w.])(?:import|require)\(\s*(?:'([^'\n]+)'|"([^"\n]+)")/g

export function importsOf(text: string): string[] {
  const code = withoutComments(text)
  const found = [STATIC, CALLED].flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? ''))
  return [...new Set(found)]
}

const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g

/** Comments become blank, template texts empty; quoted strings stay, for specifiers are among them. */
function withoutComments(text: string): string {
  return text.replace(COMMENT_OR_STRING, (part) => {
    if (part.startsWith('/')) return part.replace(/[^\n]/g, ' ')
    return part.startsWith('`') ? '``' : part
  })
}
