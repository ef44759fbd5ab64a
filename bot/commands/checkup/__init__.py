"""What the doctor looks at, one file per part of the body. Every look only looks: nothing is made, moved or migrated.

A look yields findings as it goes, so that a slow one shows what it knows already.
"""
