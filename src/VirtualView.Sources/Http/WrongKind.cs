using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http;

internal static class WrongKind
{
    public static SourceError NotDirectory(VirtualPath path) => new(SourceErrorKind.WrongKind, $"{path} is a file, not a directory");

    public static SourceError NotFile(VirtualPath path) => new(SourceErrorKind.WrongKind, $"{path} is a directory, not a file");
}
