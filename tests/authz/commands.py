"""Every command of the command line, and as whom it works.

A command that has no line here fails the proof. There are three kinds: whoever can run a command
of the house holds the files of the installation; pages, the API and the commands that take a key
are the only doors for everybody else.

``house``
    Opens the installation of ``FENGLIAN_HOME``, whose files are its owner's alone. What it keeps
    for units goes into the files that it is asked to write, and never onto the screen.
``key``
    Opens the installation as the person whose key it is given, behind the same walls as the API:
    prints and does what that person may see and do, and without a key nothing.
``packs``
    Opens no installation: works on shipped packs or on a file that it is given.
"""

LINES = """
alliance actions            key
alliance activity           key
alliance agreements         key
alliance applications       key
alliance attendance         key
alliance charters           key
alliance contacts           key
alliance elections          key
alliance ideas              key
alliance import-attendance  key
alliance import-members     key
alliance links              key
alliance local-sourcing     key
alliance meeting            key
alliance meetings           key
alliance members            key
alliance minutes            key
alliance needs              key
alliance owing              key
alliance posts              key
alliance resolutions        key
alliance signings           key
analyse adjacency      packs
analyse bottlenecks    packs
analyse carbon         packs
analyse concentration  packs
analyse coverage       packs
analyse disruption     packs
analyse drill          packs
analyse exposure       packs
analyse extension      packs
analyse gaps           packs
analyse linkages       packs
analyse location-risk  packs
analyse reinforcement  packs
analyse relatedness    packs
analyse replay         packs
analyse requirement    packs
analyse sourcing       packs
analyse synchrony      packs
analyse systemic-risk  packs
analyse what-if        packs
audit anchor           house
audit verify           house
backup                 house
brief                  packs
chain                  packs
demo                   house
evaluate-reading       packs
export                 house
import                 house
init                   house
pack                   packs
read                   packs
read-sheet             packs
remind                 house
resolve                packs
restore                house
serve                  house
user                   house
verbs                  packs
"""


def read_kinds() -> dict[str, str]:
    """Return the kind of each command."""
    found = {}
    for line in LINES.strip().splitlines():
        *words, kind = line.split()
        found[" ".join(words)] = kind
    return found
