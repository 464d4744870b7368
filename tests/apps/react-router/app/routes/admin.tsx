export default function Admin() {
  return <p>The back office</p>
}
