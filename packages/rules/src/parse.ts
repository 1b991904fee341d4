import { ok, type Refusal, type Result, refuse } from '@yichuang/result'
import { parseExpression } from 'feelin'

/** A node of FEEL's syntax tree; `name` is the grammar's rule, `from` and `to` are offsets into the source. */
export type Node = ReturnType<typeof parseExpression>['topNode']

/** The expression's tree, or a refusal `rules/syntax` with `column` (from 1) and `expected`. */
export function parse(source: string): Result<Node, Refusal> {
  const top = parseExpression(source, {}, undefined).topNode
  const root = top.firstChild
  const fault = findFault(top, source)
  if (fault !== null) return refuseSyntax(source, fault)
  if (root === null) return refuseSyntax(source, { at: 0, expected: 'a condition' })
  return ok(skipComments(root))
}

export function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.name.endsWith('Comment')) children.push(child)
  }
  return children
}

function skipComments(node: Node): Node {
  return node.name.endsWith('Comment') && node.nextSibling !== null ? skipComments(node.nextSibling) : node
}

type Fault = { readonly at: number; readonly expected: string }

function findFault(node: Node, source: string): Fault | null {
  if (node.type.isError) return { at: node.from, expected: expectedAt(source, node.from) }
  // The grammar reads `a == 1` as a test (`= 1`) compared with a; FEEL would answer null, a maker means `a = 1`.
  if (node.name === 'SimplePositiveUnaryTest' && !isInTest(node)) return { at: node.from, expected: VALUE }
  // Built-in functions may have two words: string length(…).
  if ((node.name === 'VariableName' && node.parent?.name !== 'FunctionInvocation') || node.name === 'PathName') {
    const words = childrenOf(node)
    const second = words[1]
    if (second !== undefined) return { at: second.from, expected: 'an operator such as =, and, or: a fact is one word, joined by _' }
  }
  for (const child of childrenOf(node)) {
    const fault = findFault(child, source)
    if (fault !== null) return fault
  }
  return null
}

/** `x in > 5`, and `x in (> 5)`, whose brackets the grammar takes for those of an expression. */
function isInTest({ parent }: Node): boolean {
  const outer = parent?.name === 'ParenthesizedExpression' ? parent.parent : parent
  return outer?.name === 'PositiveUnaryTest'
}

const VALUE = 'a value: a fact such as answers.kind, a text in "quotes", a number, true or false'
const OPERATOR_BEFORE = /(^|[\s)\]])(and|or|in|satisfies|between|return|then|else|if|=|!=|<=?|>=?|[-+*/,([])$|[=<>+*/,([]$/

/** What a writer most probably left out, told from the words before the fault. */
function expectedAt(source: string, at: number): string {
  const before = source.slice(0, at).trimEnd()
  if ((source.match(/"/g)?.length ?? 0) % 2 === 1) return 'a closing quotation mark "'
  if (before === '' && source.trim() === '') return 'a condition'
  if (OPERATOR_BEFORE.test(before)) return VALUE
  const open = unclosed(source.slice(0, at))
  if (open !== null && source.slice(at).trim() === '') return `a closing ${open}`
  if (/\b(every|some)\s+\w+\s*$/.test(before)) return 'the word in and a list'
  if (/\b(every|some)\b(?!.*\bsatisfies\b)/.test(before)) return 'the word satisfies and a condition'
  return 'an operator such as =, <, in, and, or, or the end'
}

function unclosed(text: string): ')' | ']' | null {
  const stack: (')' | ']')[] = []
  for (const character of text) {
    if (character === '(') stack.push(')')
    else if (character === '[') stack.push(']')
    else if (character === ')' || character === ']') stack.pop()
  }
  return stack.at(-1) ?? null
}

function refuseSyntax(source: string, fault: Fault): Result<never, Refusal> {
  const found = source.slice(fault.at).trim()
  const column = fault.at + 1
  const saw = found === '' ? 'the condition ends' : `it reads "${found.slice(0, 24)}"`
  return refuse('rules/syntax', `column ${column}: expected ${fault.expected}, but ${saw}`, { column, expected: fault.expected, source })
}
