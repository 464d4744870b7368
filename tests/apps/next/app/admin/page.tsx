export default function Page() {
  return <p>The back office</p>
}
