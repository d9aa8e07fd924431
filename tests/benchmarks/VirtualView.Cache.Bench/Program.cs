using System.Globalization;
using VirtualView.Cache.Bench;

// FOLDER ROUNDS MIB: measures there, and prints the lines of a table.
var rows = await new Measures(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture)).RunAsync();
Console.WriteLine("| What | Store | Yardstick | Ratio: lowest, **median**, highest | Ratio by processor time | Target |");
Console.WriteLine("|---|---:|---:|---|---:|---|");
foreach (var row in rows) Console.WriteLine(row.Line());
