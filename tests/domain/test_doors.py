"""Links that lead to the channels with the code of an invitation."""

from domain.doors import Doors

CODE = "ABCDE23456"


def test_each_channel_that_is_there_has_its_link() -> None:
    both = Doors("renaksi_contoh_bot", "6281200009000")
    assert both.links(CODE) == {
        "telegram": f"https://t.me/renaksi_contoh_bot?start={CODE}",
        "whatsapp": f"https://wa.me/6281200009000?text={CODE}",
    }
    assert Doors(whatsapp="6281200009000").channels == ("whatsapp",)
    assert Doors().links(CODE) == {}
