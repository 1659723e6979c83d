"""What stands beside the map follows it one after the other."""

from PySide6.QtCore import QObject, QTimer

from landscape.ui.following import TURN, Following


def followed(qtbot, asked, *, often=()):
    """Return in which order those that are ``asked`` for at every move of a long drag follow."""
    owner, told = QObject(), []
    following = Following(owner)
    followers = {name: lambda name=name: told.append(name) for name in asked}

    def move():
        for name, follow in followers.items():
            following.soon(follow, often=name in often)

    drag = QTimer(owner, interval=TURN // 4)
    drag.timeout.connect(move)
    move()
    drag.start()
    qtbot.waitUntil(lambda: len(told) >= 12, timeout=20_000)
    return told[:12]


def test_followers_take_turns(qtbot):
    assert followed(qtbot, "abc") == list("abcabcabcabc")


def test_every_second_turn_is_of_those_that_follow_often(qtbot):
    told = followed(qtbot, "abc", often="c")
    assert told == list("acbcacbcacbc")


def test_one_at_a_turn_and_each_once_in_the_end(qtbot):
    owner, told = QObject(), []
    following = Following(owner)

    def follow(name):
        told.append(name)
        QTimer.singleShot(0, owner, lambda: told.append("then"))

    first, second = (lambda: follow("first")), (lambda: follow("second"))
    for _ in range(3):
        following.soon(first)
        following.soon(second)
    assert told == []
    qtbot.waitUntil(lambda: told[-2:] == ["second", "then"])
    qtbot.wait(4 * TURN)
    assert told == ["first", "then", "second", "then"]


def test_who_fails_keeps_nobody_else_waiting(qtbot):
    owner, told = QObject(), []
    following = Following(owner)

    def fail():
        raise ValueError

    with qtbot.captureExceptions() as caught:
        following.soon(fail)
        following.soon(lambda: told.append("next"))
        qtbot.waitUntil(lambda: told == ["next"])
    assert [kind for kind, _, _ in caught] == [ValueError]
