"""The numbers beside the map, and the rate that is stable there."""

from landscape.scene.text import number


def test_the_sentence_of_a_chosen_adaptive_run_follows_the_play_head(person):
    window = person.window
    person.panels.runs.choose(3)
    window.player.go(20)
    person.settle()
    assert "preconditioned sharpness" in person.panels.here._stable.text()
    person.stage.map.hovered.emit((3.0, 2.0))
    person.settle()
    assert "Gradient descent is stable here" in person.panels.here._stable.text()


def test_the_numbers_follow_the_chosen_run_while_the_pointer_is_elsewhere(person):
    window = person.window
    here = person.panels.here
    person.panels.runs.choose(1)
    window.player.go(7)
    person.settle()
    (path,) = [path for path in person.scene.paths if path.run == 1]
    value = float(person.descent.surface.value(*path.points[7]))
    assert here._numbers["f"].text() == number(value, 5)
    assert here._place.text() == "at step 7"
    window.player.go(0)
    person.settle()
    assert here._place.text() == "at the start"
