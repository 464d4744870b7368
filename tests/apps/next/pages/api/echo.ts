import type { NextApiRequest, NextApiResponse } from 'next'
import { getAuth } from 'sessiongate/next'

export default function handler(req: NextApiRequest, res: NextApiResponse) {
  res.json({ userId: getAuth(req).userId, text: req.body })
}
