using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources;

/// <summary>How long after a modification the same time may still be stamped on other bytes.</summary>
internal static class RacyWindow
{
    /// <summary>The coarsest clock in use (FAT: 2 s; HTTP: 1 s) and a small skew between two of them.</summary>
    public static readonly TimeSpan Width = TimeSpan.FromSeconds(2);

    // No clock is off by so much: a time further ahead was set by hand, and the next change will be stamped otherwise.
    private static readonly TimeSpan FarAhead = TimeSpan.FromDays(1);

    /// <summary>Of a validator made of size and time, looked at when the source's clock said <paramref name="now"/>.</summary>
    public static ValidatorStrength StrengthOf(UnixTime modifiedAt, UnixTime now)
    {
        var age = now - modifiedAt;
        return age < Width && age > -FarAhead ? ValidatorStrength.Racy : ValidatorStrength.Weak;
    }
}
