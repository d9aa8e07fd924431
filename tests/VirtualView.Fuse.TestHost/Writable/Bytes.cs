namespace VirtualView.Fuse.TestHost.Writable;

/// <summary>The content of a file: pages, and holes where there is none.</summary>
internal sealed class Bytes
{
    public const int PageBytes = 4096;

    private readonly SortedDictionary<long, byte[]> _pages = [];

    public long Size { get; private set; }

    public long Allocated => (long)_pages.Count * PageBytes;

    public int Read(long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(Size - offset, 0, into.Length);
        for (var done = 0; done < count;)
        {
            var (page, at, run) = Step(offset + done, count - done);
            if (_pages.TryGetValue(page, out var bytes))
                bytes.AsSpan(at, run).CopyTo(into[done..]);
            else
                into.Slice(done, run).Clear();
            done += run;
        }

        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> from)
    {
        for (var done = 0; done < from.Length;)
        {
            var (page, at, run) = Step(offset + done, from.Length - done);
            from.Slice(done, run).CopyTo(Page(page).AsSpan(at));
            done += run;
        }

        if (from.Length > 0) Size = Math.Max(Size, offset + from.Length);
    }

    /// <summary>How many bytes of pages a write would add.</summary>
    public long Missing(long offset, long length)
    {
        var missing = 0L;
        if (length > 0)
        {
            for (var page = offset / PageBytes; page <= (offset + length - 1) / PageBytes; page++) missing += _pages.ContainsKey(page) ? 0 : PageBytes;
        }

        return missing;
    }

    public void Resize(long size)
    {
        if (size < Size)
        {
            foreach (var page in _pages.Keys.Where(page => page * PageBytes >= size).ToList()) _pages.Remove(page);
            var tail = (int)(size % PageBytes);
            if (tail != 0 && _pages.TryGetValue(size / PageBytes, out var last)) last.AsSpan(tail).Clear();
        }

        Size = size;
    }

    public void Reserve(long offset, long length)
    {
        for (var page = offset / PageBytes; page <= (offset + length - 1) / PageBytes; page++) Page(page);
    }

    /// <summary>Zeros; whole pages become holes.</summary>
    public void Clear(long offset, long length)
    {
        foreach (var page in _pages.Keys.Where(page => page * PageBytes < offset + length && (page + 1) * PageBytes > offset).ToList())
        {
            var from = Math.Max(offset, page * PageBytes);
            var until = Math.Min(offset + length, (page + 1) * PageBytes);
            if (until - from == PageBytes)
                _pages.Remove(page);
            else
                _pages[page].AsSpan((int)(from % PageBytes), (int)(until - from)).Clear();
        }
    }

    /// <summary>The first place from <paramref name="offset"/> on that is data, or is none; the end is a hole. Null past the end.</summary>
    public long? Seek(long offset, bool data)
    {
        for (var at = offset; at < Size; at = ((at / PageBytes) + 1) * PageBytes)
        {
            if (_pages.ContainsKey(at / PageBytes) == data) return at;
        }

        return data || offset >= Size ? null : Size;
    }

    private static (long Page, int At, int Run) Step(long offset, int left)
    {
        var at = (int)(offset % PageBytes);
        return (offset / PageBytes, at, Math.Min(left, PageBytes - at));
    }

    private byte[] Page(long page)
    {
        if (!_pages.TryGetValue(page, out var bytes)) _pages[page] = bytes = new byte[PageBytes];
        return bytes;
    }
}
