using Microsoft.Extensions.Logging;
using VirtualView.State.Folders;

namespace VirtualView.State.Overlay.Journal;

/// <summary>Makes a new journal of what can be read of one that SQLite cannot use, which is set aside and never deleted.</summary>
internal sealed class JournalSalvage(string file, TimeProvider clock, ILogger log)
{
    public void Run(string why, Losses losses)
    {
        var aside = SetAside.MoveDatabase(file, "damaged", clock);
        losses.Add($"the journal was damaged ({why}): it was renamed to {aside}");
        log.OverlaySetAside(file, why, aside);
    }
}
