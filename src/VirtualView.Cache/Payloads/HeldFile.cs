using Microsoft.Win32.SafeHandles;

namespace VirtualView.Cache.Payloads;

/// <summary>A payload's file that stays open until this is disposed; or none, where there is no file of ours.</summary>
internal readonly ref struct HeldFile
{
    private HeldFile(SafeFileHandle? file) => File = file;

    public SafeFileHandle? File { get; }

    /// <summary>False when the file was closed meanwhile: then it must be opened again.</summary>
    public static bool TryHold(SafeFileHandle file, out HeldFile held)
    {
        held = default;
        try
        {
            var isHeld = false;
            file.DangerousAddRef(ref isHeld);
            held = new HeldFile(file);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => File?.DangerousRelease();
}
