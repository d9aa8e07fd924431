using System.Runtime.InteropServices;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Local;

/// <summary>What an errno of the kernel means for the next step.</summary>
internal static class LocalErrors
{
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int NotDirectory = 20;
    public const int Loop = 40;

    public static SourceError Last(string action, VirtualPath path) => From(Marshal.GetLastPInvokeError(), action, path);

    public static SourceError From(int errno, string action, VirtualPath path) =>
        new(KindOf(errno), $"{action} {path}: {Marshal.GetPInvokeErrorMessage(errno)}");

    public static SourceError Root(int errno, string root)
    {
        var kind = KindOf(errno);
        // A root that is not there is a source that is not there; its files are not deleted.
        if (kind is SourceErrorKind.NotFound or SourceErrorKind.WrongKind) kind = SourceErrorKind.Unreachable;
        return new SourceError(kind, $"the folder {root} cannot be opened ({Marshal.GetPInvokeErrorMessage(errno)}); see that it is mounted");
    }

    public static SourceErrorKind KindOf(int errno) => errno switch
    {
        NoEntry or 6 /* ENXIO: a socket */ or 36 /* ENAMETOOLONG */ => SourceErrorKind.NotFound,
        NotDirectory or Loop or 21 /* EISDIR */ => SourceErrorKind.WrongKind,
        1 /* EPERM */ or 13 /* EACCES */ => SourceErrorKind.Denied,
        110 /* ETIMEDOUT */ => SourceErrorKind.TimedOut,
        12 /* ENOMEM */ or 23 /* ENFILE */ or 24 /* EMFILE */ => SourceErrorKind.Throttled,
        _ => SourceErrorKind.Unreachable,
    };
}
