"""What are the roles called? Read by the command line too, which does not load Django for it."""

from enum import StrEnum


class RoleName(StrEnum):
    """The names of the roles, as they are kept and typed."""

    SECRETARIAT = "secretariat"
    MEMBER = "member"
    COUNCIL = "council"
    GOVERNMENT = "government"
    INSTITUTE = "institute"
    BANK = "bank"
    ANALYST = "analyst"
    STEWARD = "steward"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
