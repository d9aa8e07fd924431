namespace VirtualView.Service.Answers;

/// <summary>Whether the view is off its mount point; if not, why not and what to do, in words.</summary>
public sealed record UnmountAnswer(bool IsUnmounted, string? Why)
{
    public static UnmountAnswer Done { get; } = new(true, null);

    public static UnmountAnswer Refused(string why) => new(false, why);
}
