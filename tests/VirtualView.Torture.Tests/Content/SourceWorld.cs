using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Testing.Files;

namespace VirtualView.Torture.Tests.Content;

/// <summary>
/// The files at the source and how they change. Each version has a size of its own, so that the size of an open file says
/// which version it is, and no validator can be fooled.
/// </summary>
internal sealed class SourceWorld
{
    public const int Files = 16;
    public const int FilesInFolder = 4;
    private const long AgedSeconds = 1_600_000_000;

    private readonly Lock _gate = new();
    private readonly HostFolder _folder;
    private readonly int[] _newest = new int[Files]; // guarded by _gate
    private readonly bool[] _isThere = new bool[Files]; // guarded by _gate
    private readonly bool[] _cameOrWent = new bool[Files]; // since it settled; guarded by _gate
    private readonly bool[] _changed = new bool[Files]; // since it settled; guarded by _gate

    public SourceWorld(HostFolder folder)
    {
        _folder = folder;
        for (var file = 0; file < Files; file++) Replace(file, isAged: true);
        Settle();
    }

    public static string PathOf(int file) => $"d{file / FilesInFolder}/f{file:00}.bin";

    public static long SizeOf(int file, int version) => BaseOf(file) + (8L * version);

    /// <summary>The version that has this size; 0 if none has.</summary>
    public static int VersionOf(int file, long size) =>
        size > BaseOf(file) && (size - BaseOf(file)) % 8 == 0 ? (int)((size - BaseOf(file)) / 8) : 0;

    public int Newest(int file)
    {
        lock (_gate) return _newest[file];
    }

    public bool IsThere(int file)
    {
        lock (_gate) return _isThere[file];
    }

    /// <summary>The view has been made to see all: a daemon that knows less than this has forgotten it.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            Array.Clear(_cameOrWent);
            Array.Clear(_changed);
        }
    }

    /// <summary>It is not there, or a view may not know yet that it is: daemons that die young see nothing new.</summary>
    public bool MayBeMissing(int file)
    {
        lock (_gate) return _cameOrWent[file] || !_isThere[file];
    }

    public bool Changed(int file)
    {
        lock (_gate) return _changed[file];
    }

    public void ChangeOne(Random random)
    {
        var file = random.Next(Files);
        if (random.Next(6) == 0 && IsThere(file)) Remove(file);
        else Replace(file, isAged: random.Next(2) == 0);
    }

    /// <summary>A new version takes the name in one step, as every careful writer does it.</summary>
    public void Replace(int file, bool isAged)
    {
        var version = Newest(file) + 1;
        var content = new byte[SizeOf(file, version)];
        FileContent.Fill(file, version, 0, content);
        var unfinished = VirtualPath.Parse($"/new/f{file}");
        _folder.PutFile(unfinished, content, isAged ? UnixTime.FromSeconds(AgedSeconds + (1000L * file) + version) : null);
        _folder.PutDirectory(VirtualPath.Parse($"/all/d{file / FilesInFolder}"));
        lock (_gate)
        {
            // Noted before it can be seen: a reader must never meet what is not known here.
            _newest[file] = version;
            _changed[file] = true;
            if (!_isThere[file]) (_isThere[file], _cameOrWent[file]) = (true, true);
        }

        File.Move(_folder.Locate(unfinished), _folder.Locate(VirtualPath.Parse($"/all/{PathOf(file)}")), overwrite: true);
    }

    private void Remove(int file)
    {
        lock (_gate) (_isThere[file], _cameOrWent[file], _changed[file]) = (false, true, true);
        _folder.Remove(VirtualPath.Parse($"/all/{PathOf(file)}"));
    }

    // From 0.2 to 7 MB, none a multiple of a block or of a word.
    private static long BaseOf(int file) => 200_003 + (file * 450_717L);
}
