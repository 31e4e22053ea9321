"""The first texts of the site's own pages; editors own them from then on."""

LEAD = "Find the pain pattern behind an ache, and what to do about it."

ABOUT = (
    "<p>Achemap helps you find out which muscle may be behind an ache, and what to do next."
    " You say where it hurts and when. Achemap first asks about signs of danger. Only then"
    " does it show patterns that fit, with the reason for each, and simple things to try.</p>"
    "<h2>What it is not</h2>"
    "<p>Achemap does not examine you and cannot tell you what you have. It never replaces a"
    " doctor. If a question here worries you, or your pain is new, strong or strange, see"
    " one.</p>"
    "<h2>How sure are the maps?</h2>"
    "<p>Most maps of trigger point pain go back to a few experienced therapists. Many people"
    " recognise themselves in them. Few maps have been tested in studies. Every pattern says"
    " how sure its map is and lists what we read.</p>"
    "<h2>Your privacy</h2>"
    "<p>You need no account. Your answers are used to show you the next page and are then"
    " forgotten. There are no adverts that follow you and no other company is told that you"
    " were here.</p>"
    "<h2>Where it comes from</h2>"
    "<p>Achemap grew out of the posts of Tony Preston, who has written and taught about"
    " anatomy and trigger points in Atlanta since the mid-1990s. The texts here are our own."
    " They may be used by anyone who names us (CC BY 4.0). The program is free software"
    " (Apache 2.0).</p>"
)

CONTACT = (
    "<p>Did you find a mistake? Is something missing? Did a pattern fit, or not fit at all?"
    " Tell us. We read every message. We cannot advise on your own pain: for that, please"
    " see a doctor or a bodyworker.</p>"
)

HOW_WE_DECIDE = (
    "<p>Before any self-care, Achemap asks about signs that point to something other than a"
    " muscle. The questions and what follows from them are fixed rules. No guesswork and no"
    " learning program is involved. The most serious rule that fits decides. No answer can"
    " make the result less serious than another answer made it. “Not sure” never counts as"
    " “no”.</p>"
    "<p>Here are all the rules, in plain words, with the reason for each.</p>"
)
