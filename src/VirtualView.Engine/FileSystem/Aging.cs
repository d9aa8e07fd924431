using VirtualView.Core.Versions;
using VirtualView.Engine.Polling;

namespace VirtualView.Engine.FileSystem;

/// <summary>What was seen too young to be told from a change that follows is another version when it has aged, whether it changed or not.</summary>
internal static class Aging
{
    /// <summary>True when all that was known of the young version is said of the other one, which is young no more.</summary>
    public static bool Led(FileVersion young, FileVersion to) =>
        FileResolver.IsRacy(young) && !FileResolver.IsRacy(to)
        && to.Replicas.Any(now => young.Replicas.Any(then => then.Source == now.Source && then.Path == now.Path && then.Validator.Agrees(now.Validator)));
}
