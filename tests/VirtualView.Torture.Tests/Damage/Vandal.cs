namespace VirtualView.Torture.Tests.Damage;

/// <summary>Damages files as a bad disk, a careless user or a half restored backup would; a seed says which and how.</summary>
internal static class Vandal
{
    private static readonly DamageKind[] Kinds = Enum.GetValues<DamageKind>();

    /// <returns>What was done, a line each.</returns>
    public static List<string> Damage(IEnumerable<string> folders, int count, Random random)
    {
        // Names of payloads and checkpoints are random: which file is meant must not hang on the order of the disk alone.
        string[] files = [.. folders.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];
        var done = new List<string>();
        for (; count > 0 && files.Length > 0; count--)
        {
            // A kind of file first, then one of them: there are hundreds of payloads and one database.
            var group = files.GroupBy(KindOf).ToArray();
            var some = group[random.Next(group.Length)].ToArray();
            var file = some[random.Next(some.Length)];
            var kind = Kinds[random.Next(Kinds.Length)];
            Apply(kind, file, some[random.Next(some.Length)], random);
            done.Add($"{kind} {file}");
        }

        return done;
    }

    public static void Apply(DamageKind kind, string file, string other, Random random)
    {
        if (!File.Exists(file) || !File.Exists(other)) return;
        switch (kind)
        {
            case DamageKind.Delete:
                File.Delete(file);
                break;
            case DamageKind.Swap when file != other:
                File.Move(file, file + ".swapping");
                File.Move(other, file);
                File.Move(file + ".swapping", other);
                break;
            case DamageKind.Overwrite:
                var noise = new byte[random.Next(1, 5000)];
                random.NextBytes(noise);
                File.Delete(file); // may be a socket
                File.WriteAllBytes(file, noise);
                break;
            default:
                Spoil(kind, file, random);
                break;
        }
    }

    private static void Spoil(DamageKind kind, string file, Random random)
    {
        if (File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly) || File.ResolveLinkTarget(file, false) is not null) return;
        if (new FileInfo(file).Length == 0) return; // a socket, or nothing to spoil
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var length = RandomAccess.GetLength(handle);
        if (kind == DamageKind.Truncate)
        {
            RandomAccess.SetLength(handle, random.NextInt64(length));
            return;
        }

        // Near the beginning as often as anywhere: that is where formats keep what matters.
        var at = random.Next(2) == 0 ? random.NextInt64(Math.Min(length, 4096)) : random.NextInt64(length);
        Span<byte> one = stackalloc byte[1];
        if (RandomAccess.Read(handle, one, at) != 1) return;
        one[0] ^= (byte)(1 << random.Next(8));
        RandomAccess.Write(handle, one, at);
    }

    /// <summary>Of a file with a random name the folder says what it is.</summary>
    private static string KindOf(string file)
    {
        if (file.Contains("/payloads/", StringComparison.Ordinal)) return "payload";
        foreach (var folder in new[] { "cpr-checkpoints", "index-checkpoints", "seals" })
            if (file.Contains($"/{folder}/", StringComparison.Ordinal)) return folder;
        return file;
    }
}
