import { getAuth } from 'sessiongate/react-router'
import type { Route } from './+types/api.echo'

export async function action(args: Route.ActionArgs) {
  const { userId } = await getAuth(args)
  return Response.json({ userId, text: await args.request.text() })
}
