"""The addresses of texts of the network: of the office, of contact persons, and for everybody."""

from congress.domain.network.access import NetworkRight
from congress.web.access import Who
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import own_texts, public_texts, text_versions, texts
from congress.web.network.municipality import MUNICIPALITY

LIST = texts.ADDRESS
ONE = f"{LIST}/<int:text_id>"
VERSION = f"{ONE}/versions/<int:number>"
SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER
PUBLIC = "/network/texts"
PUBLIC_ONE = f"{PUBLIC}/<code:code>"
OWN = f"{MUNICIPALITY}/texts"
OWN_COMMENT = f"{OWN}/comments/<int:comment_id>"

TEXTS: tuple[Address, ...] = (
    (LIST, READ, texts.texts, SEE),
    (f"{LIST}/new", BOTH, texts.add_text, EDIT),
    (ONE, READ, texts.text, SEE),
    (f"{ONE}/edit", BOTH, texts.describe_text, EDIT),
    (f"{ONE}/begin", ACT, texts.begin_version, EDIT),
    (VERSION, READ, text_versions.text_version, SEE),
    (f"{VERSION}/changes", READ, text_versions.text_version_changes, SEE),
    (f"{VERSION}/edit", BOTH, texts.edit_version, EDIT),
    (f"{VERSION}/comments", BOTH, text_versions.open_text_comments, EDIT),
    (f"{VERSION}/comments/<int:comment_id>", BOTH, text_versions.answer_comment, EDIT),
    (f"{VERSION}/adopt", BOTH, text_versions.adopt_text, EDIT),
    (f"{VERSION}/tell", ACT, text_versions.tell_of_text, EDIT),
    (PUBLIC, READ, public_texts.public_texts, Who.PUBLIC),
    (PUBLIC_ONE, READ, public_texts.public_text, Who.PUBLIC),
    (f"{PUBLIC_ONE}/<int:number>", READ, public_texts.public_text_version, Who.PUBLIC),
    (f"{PUBLIC_ONE}/<int:number>/changes", READ, public_texts.public_text_changes, Who.PUBLIC),
    (OWN, READ, own_texts.own_texts, Who.TOKEN),
    (f"{OWN}/<code:code>", BOTH, own_texts.comment_on_text, Who.TOKEN),
    (OWN_COMMENT, BOTH, own_texts.correct_text_comment, Who.TOKEN),
    (f"{OWN_COMMENT}/withdraw", ACT, own_texts.withdraw_text_comment, Who.TOKEN),
)
