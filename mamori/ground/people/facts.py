"""What others may ask about people: who stands at the door, whether they may enter, who there is."""

from __future__ import annotations

from mamori.ground.people import limits
from mamori.ground.people.actions.accounts import company_account as company_account
from mamori.ground.people.actions.counting import last_wait as last_wait
from mamori.ground.people.actions.entering import is_invited as is_invited, local_path as local_path
from mamori.ground.people.limits import (
    API_CALLS as API_CALLS,
    APP_CODES as APP_CODES,
    CODES as CODES,
    CODES_FOR_ONE as CODES_FOR_ONE,
    CODES_SENT as CODES_SENT,
    COMPANY_OUTS as COMPANY_OUTS,
    HARM_REPORTS as HARM_REPORTS,
    HARM_REPORTS_IN_ALL as HARM_REPORTS_IN_ALL,
    MAIL_CODES as MAIL_CODES,
    MAIL_CODES_FROM as MAIL_CODES_FROM,
    MAIL_TRIES as MAIL_TRIES,
    NAMELESS_SUBMISSIONS as NAMELESS_SUBMISSIONS,
    PASSKEYS as PASSKEYS,
    PASSWORDS as PASSWORDS,
    PASSWORDS_AGAIN as PASSWORDS_AGAIN,
    PASSWORDS_FOR as PASSWORDS_FOR,
    PASSWORDS_FROM as PASSWORDS_FROM,
    SIGN_INS as SIGN_INS,
    STAFF_SUBMISSIONS as STAFF_SUBMISSIONS,
    SUBMISSIONS as SUBMISSIONS,
    Limit as Limit,
)
from mamori.ground.people.listing import (
    AccountFact as AccountFact,
    CodeAskedFact as CodeAskedFact,
    ProposalFact as ProposalFact,
    account as account,
    account_by_mail as account_by_mail,
    accounts as accounts,
    address_of as address_of,
    called as called,
    code_asked as code_asked,
    delegate_by_mail as delegate_by_mail,
    delegates as delegates,
    every_key as every_key,
    is_claimed as is_claimed,
    named as named,
    names as names,
    open_proposals as open_proposals,
)
from mamori.ground.people.notices import (
    EVERY_READER as EVERY_READER,
    OUTSIDE_READER as OUTSIDE_READER,
    TEMPLATES as TEMPLATES,
)
from mamori.ground.people.persons import (
    BY_COMPANY as BY_COMPANY,
    CompanyRules as CompanyRules,
    CompanyWord as CompanyWord,
    GroupsNotSent as GroupsNotSent,
    GroupsUnreadable as GroupsUnreadable,
    is_second as is_second,
    moment_in as moment_in,
    others as others,
    roles_read as roles_read,
    subject_of as subject_of,
    word_of as word_of,
)
from mamori.ground.people.presence import (
    ANONYMOUS as ANONYMOUS,
    BEGUN as BEGUN,
    COMPANY as COMPANY,
    RETURN_URL as RETURN_URL,
    VISITOR as VISITOR,
    VISITS as VISITS,
    Presence as Presence,
    Stays as Stays,
    factors_of as factors_of,
    presence_of as presence_of,
)
from mamori.ground.people.rules import (
    CODE_MINUTES as CODE_MINUTES,
    TRUSTED as TRUSTED,
    Access as Access,
    Awaits as Awaits,
    DoorVerdict as DoorVerdict,
    Matter as Matter,
    Over as Over,
    Profile as Profile,
    Size as Size,
    Stay as Stay,
    is_fresh as is_fresh,
    may_agree as may_agree,
    may_enter as may_enter,
)
from mamori.ground.people.tokens import (
    BadToken as BadToken,
    Flaw as Flaw,
    Scope as Scope,
    browser_sign as browser_sign,
    company_sign as company_sign,
    machine_of as machine_of,
    party_of as party_of,
)

calls_left = limits.left
