using System.Collections.Frozen;
using System.Collections.Immutable;
using BriData.Cli.Platform;
using BriData.Ledger.Notes;

namespace BriData.Cli.Witness;

/// <summary>
/// The logs that a witness serves: a file with one vkey per line, blank lines and lines that start with <c>#</c> left out.
/// A log's key bears its origin as its name; several keys of one name are the keys of one log. Read again when the file has
/// changed; a file that cannot be read leaves the last good list in force.
/// </summary>
internal sealed partial class WitnessedLogs
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private FrozenDictionary<string, ImmutableArray<NoteVerifier>> _logs;
    private Stamp _seen;

    /// <exception cref="CommandException">The file cannot be read or has a line that is no vkey.</exception>
    public WitnessedLogs(string path, ILogger logger)
    {
        (_path, _logger) = (Path.GetFullPath(path), logger);
        try
        {
            _seen = Stamp.Of(_path);
            _logs = Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CommandException(ExitCodes.Usage, $"The list of logs '{path}' cannot be used: {e.Message}");
        }
    }

    /// <summary>The keys of the log with this origin; empty when it is not served.</summary>
    public ImmutableArray<NoteVerifier> Find(string origin) => Current().TryGetValue(origin, out var keys) ? keys : [];

    private FrozenDictionary<string, ImmutableArray<NoteVerifier>> Current()
    {
        lock (_gate)
        {
            try
            {
                var now = Stamp.Of(_path);
                if (now != _seen)
                {
                    // Before reading: what is written meanwhile changes the stamp again. And a bad file is complained of once.
                    _seen = now;
                    _logs = Read();
                    LogReread(_logger, _logs.Count);
                }
            }
            catch (FormatException e)
            {
                LogUnreadable(_logger, e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // That it can be read again does not change its stamp.
                _seen = default;
                LogUnreadable(_logger, e);
            }

            return _logs;
        }
    }

    private FrozenDictionary<string, ImmutableArray<NoteVerifier>> Read() =>
        File.ReadLines(_path)
            .Select((line, i) => (Text: line.Trim(), Number: i + 1))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#')
            .Select(line => NoteVerifier.TryParse(line.Text, out var key) ? key : throw new FormatException($"Line {line.Number} is not the verifier key of a log (signature type 0x01)."))
            .GroupBy(key => key.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(log => log.Key, log => log.DistinctBy(key => key.VerifierKey).ToImmutableArray(), StringComparer.Ordinal);

    [LoggerMessage(1, LogLevel.Information, "The list of logs was read again: {Logs} logs")]
    private static partial void LogReread(ILogger logger, int logs);

    [LoggerMessage(2, LogLevel.Error, "The list of logs cannot be read; the last good one stays in force")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);

    private readonly record struct Stamp(DateTime Written, long Length)
    {
        public static Stamp Of(string path)
        {
            var file = new FileInfo(path);
            return new Stamp(file.LastWriteTimeUtc, file.Exists ? file.Length : -1);
        }
    }
}
