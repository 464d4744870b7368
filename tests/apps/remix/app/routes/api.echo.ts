import type { ActionFunctionArgs } from '@remix-run/node'
import { getAuth } from 'sessiongate/remix'

export async function action(args: ActionFunctionArgs) {
  const { userId } = await getAuth(args)
  return Response.json({ userId, text: await args.request.text() })
}
