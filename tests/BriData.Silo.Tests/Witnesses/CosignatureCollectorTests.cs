using System.Net;
using BriData.Ledger;
using BriData.Ledger.Notes;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using BriData.Testing.Ledger;

namespace BriData.Silo.Tests.Witnesses;

public sealed class CosignatureCollectorTests : IDisposable
{
    private readonly InMemoryLedgerStore _store = new();
    private readonly InMemoryWitnessStore _known = new();
    private readonly FakeWitness _one = new("one.example");
    private readonly FakeWitness _two = new("two.example");
    private readonly List<Collection> _collections = [];

    public void Dispose()
    {
        _collections.ForEach(collection => collection.Dispose());
        _one.Dispose();
        _two.Dispose();
    }

    [Fact]
    public async Task Collect_GrowingLedger_IsWitnessedEachTime()
    {
        var collection = Collect(Collection.NeedEach(_one, _two));
        foreach (var count in new[] { 1, 6, 30 })
        {
            await AppendAsync(count);
            Assert.True(await collection.Collector.LagAsync(Collection.Ledger, default) > 0);

            await collection.CollectAsync();

            Assert.Equal((await _store.GetHeadAsync(Collection.Ledger)).Size, collection.WitnessedSize);
            Assert.NotNull(_one.Witness.Key.Find(collection.Witnessed!));
            Assert.NotNull(_two.Witness.Key.Find(collection.Witnessed!));
            Assert.Equal(0, await collection.Collector.LagAsync(Collection.Ledger, default));
        }

        Assert.Equal(3, _one.Requests.Count);
    }

    [Fact]
    public async Task Collect_NothingNew_AsksNobody()
    {
        var collection = Collect(Collection.NeedEach(_one));
        await collection.CollectAsync();
        Assert.Empty(_one.Requests);
        await AppendAsync(3);
        await collection.CollectAsync();

        await collection.CollectAsync();

        Assert.Single(_one.Requests);
    }

    [Fact]
    public async Task Collect_WitnessThatHoldsAnotherSize_IsCaughtUpFromThere()
    {
        await AppendAsync(5);
        await Collect(Collection.NeedEach(_one)).CollectAsync();
        await AppendAsync(9);
        var forgetful = new Collection(_store, new InMemoryWitnessStore(), Collection.NeedEach(_one), _one);
        _collections.Add(forgetful);

        await forgetful.CollectAsync();

        Assert.Equal(14, forgetful.WitnessedSize);
        Assert.Equal([0L, 0, 5], _one.Requests.Select(r => r.OldSize));
    }

    [Fact]
    public async Task Collect_OneDown_GoesOnWithoutItAndCatchesUpAlone()
    {
        var collection = Collect(Collection.NeedEach(_one, _two));
        await AppendAsync(4);
        await collection.CollectAsync();
        _two.Instead = (_, _) => throw new HttpRequestException("no route");
        await AppendAsync(4);

        await collection.CollectAsync();
        await collection.CollectAsync();

        Assert.Equal(4, collection.WitnessedSize);
        Assert.Equal(8, _one.Size);
        Assert.NotNull(_one.Witness.Key.Find(_known.Get(Collection.Ledger).Latest!));
        Assert.Equal((2, 2), (_one.Requests.Count, _two.Requests.Count));
        Assert.Contains("bridata.witness.failures two.example unavailable 1", collection.Measured);

        _two.Instead = null;
        collection.Time.Advance(TimeSpan.FromSeconds(1));
        await collection.CollectAsync();

        Assert.Equal(8, collection.WitnessedSize);
        Assert.Equal(2, _one.Requests.Count);
    }

    [Fact]
    public async Task Collect_QuorumWithoutTheOneThatIsDown_IsReached()
    {
        var collection = Collect(Collection.Need(1, _one, _two));
        _two.Instead = (_, _) => Task.FromResult(FakeWitness.Status(HttpStatusCode.ServiceUnavailable));
        await AppendAsync(4);

        await collection.CollectAsync();

        Assert.Equal(4, collection.WitnessedSize);
    }

    [Fact]
    public async Task Collect_SlowWitness_DoesNotHoldUpTheQuorum()
    {
        var collection = Collect(Collection.Need(1, _one, _two));
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _two.Instead = async (request, _) =>
        {
            await answer.Task;
            return _two.Answer(request);
        };
        await AppendAsync(4);

        var round = collection.CollectAsync();
        while (collection.Witnessed is null)
        {
            await Task.Yield();
        }

        Assert.False(round.IsCompleted);
        answer.SetResult();
        await round;
        Assert.NotNull(_two.Witness.Key.Find(collection.Witnessed));
    }

    [Fact]
    public async Task Collect_WitnessThatNeverAnswers_IsGivenUp()
    {
        var collection = Collect(Collection.NeedEach(_one));
        _one.Instead = (_, token) => Task.FromException<HttpResponseMessage>(new TaskCanceledException("timeout", new TimeoutException(), token));
        await AppendAsync(4);

        await collection.CollectAsync();

        Assert.Null(collection.Witnessed);
        Assert.True(collection.Pauses.IsPaused(_one.Witness, LedgerSamples.Numbered(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>\n")]
    [InlineData("\u2014 one.example AAAAAAE=\n")]
    public async Task Collect_AnswerThatIsNoCosignature_IsNotKept(string body)
    {
        var collection = Collect(Collection.NeedEach(_one));
        _one.Instead = (_, _) => Task.FromResult(FakeWitness.Status(HttpStatusCode.OK, body));
        await AppendAsync(4);

        await collection.CollectAsync();

        Assert.Null(collection.Witnessed);
        Assert.Null(_known.Get(Collection.Ledger).Latest);
        Assert.True(collection.Pauses.IsPaused(_one.Witness, Collection.Ledger));
        Assert.False(collection.Pauses.IsPaused(_one.Witness, LedgerSamples.Numbered(1)));
    }

    [Fact]
    public async Task Collect_CosignatureOfAnotherKeyOrCheckpoint_IsNotKept()
    {
        var collection = Collect(Collection.NeedEach(_one));
        await AppendAsync(4);
        _one.Instead = (request, _) => Task.FromResult(FakeWitness.Status(HttpStatusCode.OK, CosignatureLines.Write(_two.Sign(request.Note.Text))));
        await collection.CollectAsync();
        Assert.Null(collection.Witnessed);

        collection.Time.Advance(TimeSpan.FromMinutes(1));
        _one.Instead = (request, _) => Task.FromResult(FakeWitness.Status(HttpStatusCode.OK, CosignatureLines.Write(_one.Sign((request.Checkpoint with { Size = 3 }).Write()))));
        await collection.CollectAsync();

        Assert.Null(collection.Witnessed);
        Assert.Equal(2, collection.Measured.Count(m => m == "bridata.witness.failures one.example bad_cosignature 1"));
    }

    [Fact]
    public async Task Collect_LedgerPutBackToAnOlderCopy_IsAConflictAndStaysUnwitnessed()
    {
        await AppendAsync(9);
        await Collect(Collection.NeedEach(_one)).CollectAsync();
        var older = new InMemoryLedgerStore();
        await older.FillAsync(Collection.Ledger, 6);
        var collection = new Collection(older, new InMemoryWitnessStore(), Collection.NeedEach(_one), _one);
        _collections.Add(collection);

        await collection.CollectAsync();
        Assert.Null(collection.Witnessed);

        // It goes on otherwise than before, beyond the size that the witness holds.
        var tree = await LedgerTree.LoadAsync(older, Collection.Ledger);
        await older.AppendAsync(tree, LedgerSamples.Drafts(1_000, 6));
        collection.Time.Advance(TimeSpan.FromMinutes(1));
        await collection.CollectAsync();

        Assert.Null(collection.Witnessed);
        Assert.Equal(9, _one.Size);
        Assert.Equal(2, collection.Measured.Count(m => m == "bridata.witness.failures one.example conflict 1"));
    }

    [Fact]
    public async Task Collect_AfterARestart_AsksOnlyWhoIsMissing()
    {
        var policy = Collection.NeedEach(_one, _two);
        _two.Instead = (_, _) => Task.FromResult(FakeWitness.Status(HttpStatusCode.NotFound));
        await AppendAsync(4);
        await Collect(policy).CollectAsync();
        _two.Instead = null;

        var restarted = Collect(policy);
        await restarted.CollectAsync();

        Assert.Equal(4, restarted.WitnessedSize);
        Assert.Single(_one.Requests);
    }

    [Fact]
    public async Task Collect_PolicyThatChanges_IsMetAnew()
    {
        var collection = Collect(Collection.NeedEach(_one));
        await AppendAsync(4);
        await collection.CollectAsync();

        collection.Policy = Collection.NeedEach(_two);
        await collection.CollectAsync();

        Assert.NotNull(_two.Witness.Key.Find(collection.Witnessed!));
        Assert.Single(_one.Requests);
    }

    [Fact]
    public async Task Collect_WitnessThatKeepsFailing_IsAskedMoreAndMoreSeldom()
    {
        var collection = Collect(Collection.NeedEach(_one));
        _one.Instead = (_, _) => throw new HttpRequestException("no route");
        await AppendAsync(4);
        for (var second = 0; second < 300; second++)
        {
            await collection.CollectAsync();
            collection.Time.Advance(TimeSpan.FromSeconds(1));
        }

        // At 0, 1, 3, 7, 15, 31 and 63 seconds, and then once a minute.
        Assert.Equal(7 + 3, _one.Requests.Count);
    }

    [Fact]
    public async Task Collect_KeyThatAnotherPartyNamesAtADeadAddress_IsAskedAtItsOwn()
    {
        var dead = new Witness(_one.Witness.Key, new Uri("https://two.example/prefix"));
        _two.Instead = (_, _) => throw new HttpRequestException("no route");
        var collection = Collect(new WitnessPolicy([new WitnessGroup("CN", [dead], 1), new WitnessGroup("KZ", [_one.Witness], 1)]));
        for (var round = 1; round <= 3; round++)
        {
            await AppendAsync(4);
            await collection.CollectAsync();
            Assert.Equal(4 * round, collection.WitnessedSize);
        }

        Assert.Equal(2, collection.Witnessed!.Signatures.Length);
        Assert.Equal((3, 1), (_one.Requests.Count, _two.Requests.Count));
        Assert.True(collection.Pauses.IsPaused(dead, Collection.Ledger));
        Assert.False(collection.Pauses.IsPaused(_one.Witness, Collection.Ledger));
    }

    [Fact]
    public async Task Collect_OneKeyAtTwoAddresses_IsKeptOnce()
    {
        var mirror = new Witness(_one.Witness.Key, new Uri("https://two.example/prefix"));
        _two.Instead = (request, _) => Task.FromResult(FakeWitness.Status(HttpStatusCode.OK, CosignatureLines.Write(_one.Sign(request.Note.Text))));
        var collection = Collect(new WitnessPolicy([new WitnessGroup("CN", [mirror], 1), new WitnessGroup("KZ", [_one.Witness], 1)]));
        await AppendAsync(4);

        await collection.CollectAsync();

        Assert.Equal((1, 1), (_one.Requests.Count, _two.Requests.Count));
        Assert.Equal(2, collection.Witnessed!.Signatures.Length);
    }

    [Fact]
    public async Task Collect_MoreWitnessesThanANoteHasRoomFor_KeepsWhatTheQuorumsNeed()
    {
        FakeWitness[] all = [.. Enumerable.Range(0, 7 * 16).Select(i => new FakeWitness($"w{i}.example"))];
        var policy = new WitnessPolicy([.. all.Chunk(16).Select((members, i) => new WitnessGroup($"P{i}", [.. members.Select(w => w.Witness)], 14))]);
        var collection = new Collection(_store, _known, policy, all);
        _collections.Add(collection);
        await AppendAsync(4);

        await collection.CollectAsync();

        Assert.Equal(4, collection.WitnessedSize);
        var served = SignedNote.Parse(collection.Witnessed!.Write());
        Assert.True(policy.IsSatisfiedBy(served));
        Assert.Equal(1 + (7 * 14), served.Signatures.Length);
        Assert.Equal(served.Write(), SignedNote.Parse(_known.Get(Collection.Ledger).Latest!.Write()).Write());

        // Whoever was left out is not asked again for what nobody waits for.
        await collection.CollectAsync();
        Assert.All(all, witness => Assert.Single(witness.Requests));
        Array.ForEach(all, witness => witness.Dispose());
    }

    private Collection Collect(WitnessPolicy policy)
    {
        var collection = new Collection(_store, _known, policy, _one, _two);
        _collections.Add(collection);
        return collection;
    }

    private async Task AppendAsync(int count)
    {
        var tree = await LedgerTree.LoadAsync(_store, Collection.Ledger);
        await _store.AppendAsync(tree, LedgerSamples.Drafts(tree.Head.Size, count));
    }
}
