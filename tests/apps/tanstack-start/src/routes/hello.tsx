import { createFileRoute } from '@tanstack/react-router'
import { visitor } from '../visitor'

export const Route = createFileRoute('/hello')({ loader: () => visitor(), component: Hello })

function Hello() {
  const { fullName } = Route.useLoaderData()
  return <p>{`Hello ${fullName ?? 'stranger'}`}</p>
}
