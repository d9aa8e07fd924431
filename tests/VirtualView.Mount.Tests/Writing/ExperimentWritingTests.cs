using VirtualView.Mount.Tests.Daemon;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>What analysis programs do to remote data, from a real web server: h5py and SQLite, killed at their worst moment too.</summary>
[Trait("Needs", "fuse")]
public sealed class ExperimentWritingTests : IAsyncLifetime
{
    private const int FrameBytes = 64 * 1024;

    private Remote? _remote;
    private MountedView? _view;

    private Remote Remote => _remote!;

    private MountedView View => _view!;

    public async ValueTask InitializeAsync() => _remote = await Remote.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_view is not null) await _view.DisposeAsync();
        if (_remote is not null) await _remote.DisposeAsync();
    }

    [Fact]
    public async Task H5py_changes_a_raw_file_and_its_wrapper_and_only_what_is_written_is_stored()
    {
        await MountAsync($"""
            import h5py, numpy
            os.mkdir("100K")
            with h5py.File("100K/f1.h5", "w") as raw:
                raw.create_dataset("/entry/data/data", data=numpy.arange(200 * {FrameBytes / 4}, dtype="i4").reshape(200, 128, 128), chunks=(1, 128, 128))
            with h5py.File("sample.nxs", "w") as wrapper:
                wrapper["/entry/f1/data"] = h5py.ExternalLink("100K/f1.h5", "/entry/data/data")
            """);
        var check = """
            import h5py
            with h5py.File("sample.nxs", "r") as wrapper:
                data = wrapper["/entry/f1/data"]
                assert int(data[0, 0, 0]) == 0 and int(data[77, 5, 5]) == -1, data[77, 5, 5]
                assert int(data[199, 127, 127]) == 200 * 128 * 128 - 1
                assert wrapper["/entry/f1"].attrs["peaks"] == 17
            with h5py.File("100K/f1.h5", "r") as raw:
                assert raw["/entry/data/data"].attrs["maximum"] == 4.5
            print("right")
            """;
        await PythonIn.RunAsync(View, """
            import h5py
            with h5py.File("sample.nxs", "r+") as wrapper:
                wrapper["/entry/f1"].attrs["peaks"] = 17
            with h5py.File("100K/f1.h5", "r+") as raw:
                raw["/entry/data/data"][77, 5, 5] = -1
                raw["/entry/data/data"].attrs["maximum"] = 4.5
            """);
        Assert.Equal("right\n", await PythonIn.RunAsync(View, check));
        var stored = (await View.ShellAsync($"find '{View.StateFolders}' -path '*/overlay/*' -type f -printf '%b\\n' | awk '{{s += $1 * 512}} END {{print s}}'")).Succeeded();
        Assert.InRange(long.Parse(stored, System.Globalization.CultureInfo.InvariantCulture), 1, 40 * FrameBytes / 4);
        Assert.InRange((await View.StatusAsync()).GetProperty("bytesFetched").GetInt64(), 1, 100 * FrameBytes);
        await View.KillAsync();
        await View.StartAsync();
        Assert.Equal("right\n", await PythonIn.RunAsync(View, check));
    }

    [Fact]
    public async Task H5py_that_writes_what_a_raw_file_holds_leaves_nothing_behind()
    {
        const string frames = "numpy.arange(200 * 16384, dtype='i4').reshape(200, 128, 128)";
        await MountAsync($"""
            import h5py, numpy
            with h5py.File("f1.h5", "w") as raw:
                raw.create_dataset("/entry/data/data", data={frames}, chunks=(1, 128, 128))
            """);
        // A whole chunk is written without being read, and the file's head again at the end.
        await PythonIn.RunAsync(View, $"""
            import h5py, numpy
            frames = {frames}
            with h5py.File("f1.h5", "r+") as raw:
                raw["/entry/data/data"][100] = frames[100]
                raw["/entry/data/data"][7] = frames[7]
            """);
        await View.UntilAsync("nothing is local any more", async () => (await View.VirtualViewAsync("diff", View.MountPoint)).Succeeded().Length == 0);
        Assert.Equal(0, (await View.StatusAsync()).GetProperty("localChanges").GetProperty("total").GetInt32());
        Assert.InRange((await View.StatusAsync()).GetProperty("bytesFetched").GetInt64(), 1, 50 * FrameBytes);
        await View.KillAsync();
        await View.StartAsync();
        Assert.Equal("2023 right\n", await PythonIn.RunAsync(View, $"""
            import datetime, h5py, numpy
            with h5py.File("f1.h5", "r") as raw:
                same = (raw["/entry/data/data"][:] == {frames}).all()
            print(datetime.datetime.fromtimestamp(os.stat("f1.h5").st_mtime).year, "right" if same else "wrong")
            """));
        Assert.Equal("", (await View.VirtualViewAsync("diff", View.MountPoint)).Succeeded());
    }

    [Theory]
    [InlineData("WAL")]
    [InlineData("DELETE")]
    public async Task A_database_of_two_writers_is_whole_after_one_and_then_the_daemon_are_killed(string mode)
    {
        await MountAsync($"""
            import sqlite3
            with sqlite3.connect("peaks.db") as made:
                made.execute("CREATE TABLE peak (writer INTEGER, number INTEGER, PRIMARY KEY (writer, number))")
            """);
        const string writer = """
            import os, sqlite3, sys
            database = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
            database.execute(f"PRAGMA journal_mode={sys.argv[2]}")
            for number in range(100000):
                database.execute("INSERT INTO peak VALUES (?, ?)", (int(sys.argv[3]), number))
                print(number, flush=True) if number % 10 == 9 else None
            """;
        var said = (await View.ShellAsync($"""
            cd /tmp; log=$(mktemp -d); cat > $log/writer.py <<'END'
            {writer.ReplaceLineEndings("\n")}
            END
            for who in 1 2; do /usr/bin/python3 $log/writer.py '{View.At("peaks.db")}' {mode} $who > $log/$who 2> $log/errors$who & pids[$who]=$!; done
            until [ $(wc -l < $log/1) -ge 3 ] && [ $(wc -l < $log/2) -ge 3 ]; do sleep 0.05; kill -0 ${"{"}pids[1]{"}"} || break; done
            kill -KILL ${"{"}pids[1]{"}"}; wait ${"{"}pids[1]{"}"}; before=$(wc -l < $log/2)
            until [ $(wc -l < $log/2) -ge $((before + 3)) ]; do sleep 0.05; kill -0 ${"{"}pids[2]{"}"} || break; done
            kill -KILL {View.ProcessId}; wait ${"{"}pids[2]{"}"}
            echo $(tail -1 $log/1) $(tail -1 $log/2); cat $log/errors1 >&2; rm -r $log
            """)).Output.Split();
        await View.KillAsync();
        await View.StartAsync();
        // What was committed, and so printed, survives: that the daemon died costs nothing that was acknowledged.
        Assert.Equal("ok\n", await PythonIn.RunAsync(View, $"""
            import sqlite3
            database = sqlite3.connect("peaks.db")
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            for writer, last in ((1, {said[0]}), (2, {said[1]})):
                numbers = [row[0] for row in database.execute("SELECT number FROM peak WHERE writer = ? ORDER BY number", (writer,))]
                assert numbers == list(range(len(numbers))) and len(numbers) > last, (writer, last, len(numbers))
            print("ok")
            """));
    }

    /// <param name="prepare">Makes the files of the source, in its folder.</param>
    private async Task MountAsync(string prepare)
    {
        var made = await VirtualView.Testing.Processes.Command.RunAsync("/usr/bin/python3", "-c", $"import os\nos.chdir({System.Text.Json.JsonSerializer.Serialize(Remote.Server.Files.Path)})\n{prepare.ReplaceLineEndings("\n")}");
        made.Succeeded();
        (await VirtualView.Testing.Processes.Command.RunAsync("find", Remote.Server.Files.Path, "-type", "f", "-exec", "touch", "-d", "2023-01-01", "{}", "+")).Succeeded();
        _view = await MountedView.MountAsync(Remote.Url);
    }
}
