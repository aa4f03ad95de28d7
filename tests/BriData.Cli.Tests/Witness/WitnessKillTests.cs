using System.Collections.Concurrent;
using System.Text;
using BriData.Ledger.Notes;
using BriData.Ledger.Witnesses;
using BriData.Testing.Processes;

namespace BriData.Cli.Tests.Witness;

/// <summary>The witness as a process, stopped and killed.</summary>
public sealed class WitnessKillTests() : WitnessScene(Size, ForkAt)
{
    private const int Size = 400;
    private const int ForkAt = 10;
    private const int Rounds = 5;

    [Fact]
    public async Task Stop_ByTerm_IsOrderlyAndKeepsKeyAndState()
    {
        string key;
        using (var first = await StartAsync())
        {
            key = first.VerifierKey;
            Assert.Equal((200, true), await AddAsync(first, Log, 0, 5));
            Assert.Equal(0, await first.StopAsync());
        }

        using var second = await StartAsync();
        Assert.Equal(key, second.VerifierKey);
        Assert.Equal((409, false), await AddAsync(second, Log, 0, 5));
        Assert.Equal((200, true), await AddAsync(second, Log, 5, 6));
    }

    [Fact]
    public async Task Killed_WhileTwoHistoriesAreSent_NeverCosignsBothOfOneSize()
    {
        var cosigned = new ConcurrentDictionary<(long Size, string Text), bool>();
        for (var round = 0; round < Rounds; round++)
        {
            using var witness = await StartAsync();
            using var over = new CancellationTokenSource();
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var answered = 0;
            var senders = new[] { Log, Fork }.Select(history => Task.Run(() => SendAsync(witness, history, OnCosigned, over.Token))).ToArray();

            // In the middle of the traffic: the next answer may be on its way, written, or neither.
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
            witness.Kill();
            await over.CancelAsync();
            await Task.WhenAll(senders);

            void OnCosigned(long size, string text)
            {
                cosigned[(size, text)] = true;
                if (Interlocked.Increment(ref answered) == 8 + (3 * round))
                {
                    enough.SetResult();
                }
            }
        }

        Assert.True(cosigned.Keys.Max(c => c.Size) > ForkAt);
        Assert.All(cosigned.Keys.Where(c => c.Size > ForkAt).GroupBy(c => c.Size), size => Assert.Single(size));
        Assert.Single((await Task.WhenAll(cosigned.Keys.Where(c => c.Size > ForkAt).Select(async c => (await Log.CheckpointAsync(c.Size)).Text == c.Text))).Distinct());
    }

    private Task<WitnessProcess> StartAsync() => WitnessProcess.StartAsync(Path.Combine(AppContext.BaseDirectory, "bridata.dll"), Folder, WitnessHost.Name);

    /// <summary>Sends a growing history until stopped, from whatever size the witness says it holds.</summary>
    private async Task SendAsync(WitnessProcess witness, SampleLog history, Action<long, string> cosigned, CancellationToken over)
    {
        var (held, key) = (0L, CosignatureVerifier.Parse(witness.VerifierKey));
        while (!over.IsCancellationRequested)
        {
            try
            {
                var size = Math.Min(held + 1, Size);
                using var response = await witness.Client.PostAsync(
                    new Uri("add-checkpoint", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(await history.RequestAsync(held, size))), over);
                var body = await response.Content.ReadAsStringAsync(over);
                if (response.IsSuccessStatusCode)
                {
                    var text = (await history.CheckpointAsync(size)).Text;
                    Assert.True(CosignatureLines.TryParse(body, out var signatures) && key.Verify(text, signatures[0], out _));
                    cosigned(held = size, text);
                }
                else if (CosignatureLines.TryParseSize(body, out var told))
                {
                    held = told;
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
            {
                // The process is gone; the round is about to end.
            }
        }
    }

    private async Task<(int Status, bool Cosigned)> AddAsync(WitnessProcess witness, SampleLog history, long oldSize, long size)
    {
        using var response = await witness.Client.PostAsync(
            new Uri("add-checkpoint", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(await history.RequestAsync(oldSize, size))));
        var cosigned = CosignatureLines.TryParse(await response.Content.ReadAsStringAsync(), out var signatures)
            && CosignatureVerifier.Parse(witness.VerifierKey).Verify((await history.CheckpointAsync(size)).Text, signatures[0], out _);
        return ((int)response.StatusCode, cosigned);
    }
}
