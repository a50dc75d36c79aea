"""Who may enter the console.

1. `passwords`   rules for a password, argon2id
2. `setup`       the one-time token that makes the first admin
3. `invitations` signed links with which the others choose their passwords
4. `sessions`    the cookie, its row, idle and absolute end
5. `emails`, `tokens`  small helpers of the others
6. `forms`       which requests may change something: origin and token
7. `throttle`    how often somebody may guess
8. `guard`       the rule of each route, applied
"""
