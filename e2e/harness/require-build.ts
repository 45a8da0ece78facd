import { isBuilt } from '../../lib/commands/demo/build.ts'

/** The journeys walk what was built: an older build would prove nothing. */
export default function requireBuild(): void {
  if (!isBuilt()) throw new Error('The build is missing or older than its sources: run `npm run build` first.')
}
