import secrets

from congress.domain.tokens import Key, TokenPurpose, digest, make

KEY = Key(b"a secret of this test")


def test_ten_thousand_links_have_nothing_in_common():
    """SEC-04."""
    links = {make(KEY, TokenPurpose.MANAGE, secrets.token_hex(16)) for _ in range(10_000)}

    assert len(links) == 10_000
    assert {len(link) for link in links} == {43}
    assert len({link[:8] for link in links}) == 10_000


def test_a_link_can_be_made_again_but_only_with_its_key_and_purpose():
    link = make(KEY, TokenPurpose.MANAGE, "nonce")

    assert make(KEY, TokenPurpose.MANAGE, "nonce") == link
    assert make(KEY, TokenPurpose.FEED, "nonce") != link
    assert make(KEY, TokenPurpose.MANAGE, "other nonce") != link
    assert make(Key(b"another secret"), TokenPurpose.MANAGE, "nonce") != link


def test_one_changed_character_is_another_digest():
    link = make(KEY, TokenPurpose.MANAGE, "nonce")
    other = ("A" if link[0] != "A" else "B") + link[1:]

    assert digest(other) != digest(link)


def test_a_key_is_known_by_a_name_that_tells_nothing():
    assert KEY.id != Key(b"another secret").id
    assert KEY.secret.hex() not in KEY.id
