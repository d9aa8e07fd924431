using System.Runtime.InteropServices;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources.Writing;

namespace VirtualView.Sources.Local.Writing;

/// <summary>What an errno means for a change.</summary>
internal static class LocalWriteErrors
{
    public const int Exists = 17;
    public const int CrossDevice = 18;
    public const int IsDirectory = 21;
    public const int NotPossible = 22; // EINVAL

    public static WriteError Last(string action, VirtualPath path) => From(Marshal.GetLastPInvokeError(), action, path);

    public static WriteError From(int errno, string action, VirtualPath path) =>
        new(KindOf(errno), $"{action} {path}: {Marshal.GetPInvokeErrorMessage(errno)}{AdviceFor(errno)}");

    private static WriteErrorKind KindOf(int errno) => errno switch
    {
        28 /* ENOSPC */ or 122 /* EDQUOT */ => WriteErrorKind.Full,
        27 /* EFBIG */ => WriteErrorKind.TooLarge,
        30 /* EROFS */ => WriteErrorKind.Denied,
        39 /* ENOTEMPTY */ => WriteErrorKind.NotEmpty,
        16 /* EBUSY */ or 26 /* ETXTBSY */ => WriteErrorKind.Busy,
        Exists => WriteErrorKind.Changed,
        CrossDevice or 95 /* EOPNOTSUPP */ or 38 /* ENOSYS */ => WriteErrorKind.Unsupported,
        NotPossible or 36 /* ENAMETOOLONG */ or 84 /* EILSEQ */ => WriteErrorKind.Invalid,
        _ => WriteError.KindOf(LocalErrors.KindOf(errno)),
    };

    private static string AdviceFor(int errno) => errno switch
    {
        28 or 122 => "; make room there, or ask for more quota: it is tried again",
        30 => "; mount it read-write",
        CrossDevice => "; another file system is mounted in between: give it a mapping of its own",
        _ => "",
    };
}
