import { Box, type BoxProps } from './Box.tsx'
import { kindOf } from './field.ts'

/** One field of a form, whatever its type. */
export function FieldBox(props: BoxProps) {
  return <Box {...props} kind={kindOf(props.field.type)} />
}
