"""全銀 files: the 総合振込 that pays many at once, written by one actor and verified by another, and what banks send back.

`layout`, `letters`, `orders` and `writing` make a file; `reading` verifies one and shares no code with them; `comparing`
holds what was read beside what was meant; `returns` reads what a bank could not pay.
"""
