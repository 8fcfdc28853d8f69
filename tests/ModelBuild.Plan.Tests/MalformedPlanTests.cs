using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Plan.Tests;

/// <summary>A damaged plan is reported as such, whatever the damage.</summary>
public class MalformedPlanTests
{
    [Theory]
    [InlineData("", "The plan is empty.")]
    [InlineData("modelbuild-plan-1 key", "Line 1 of the plan: a plan of this version starts with 'modelbuild-plan-4'.")]
    [InlineData("modelbuild-plan-4 key", "The plan has no 'source' line.")]
    [InlineData("modelbuild-plan-4 key\nwhat 1", "Line 2 of the plan: 'what' is not a keyword.")]
    [InlineData("modelbuild-plan-4 key\nthreads one", "Line 2 of the plan: 'one' is not a number.")]
    [InlineData("modelbuild-plan-4 key\nthreads 1 2", "Line 2 of the plan: nothing should stand at character 10.")]
    [InlineData("modelbuild-plan-4 key\nthreads 4294967297", "Line 2 of the plan: 4294967297 is out of range.")]
    [InlineData("modelbuild-plan-4 key\nsummary \"open", "Line 2 of the plan: a quoted text does not end.")]
    [InlineData("modelbuild-plan-4 key\nsummary \"\\u12\"", "Line 2 of the plan: the escape at character 10 is malformed.")]
    [InlineData("modelbuild-plan-4 key\nslot div(4,0)", "Line 2 of the plan: 4 / 0")]
    [InlineData("modelbuild-plan-4 key\nslot 2*", "Line 2 of the plan: Dimension '2*' is malformed at character 2.")]
    [InlineData("modelbuild-plan-4 key\ncall A.Run<", "Line 2 of the plan: 'A.Run<' does not end with '>'.")]
    [InlineData("modelbuild-plan-4 key\ncall A.Run x=S{", "Line 2 of the plan: 'S{' does not end with '}'.")]
    [InlineData("modelbuild-plan-4 key\ncall A.Run x=f:123", "Line 2 of the plan: 'f:123' is not a number.")]
    [InlineData("modelbuild-plan-4 key\nfrom \"a\"", "Line 2 of the plan: there is no step that this line could belong to.")]
    public void The_message_names_the_line_and_the_fault(string text, string message) =>
        Should.Throw<FormatException>(() => PlanReader.Read(text)).Message.ShouldBe(message);

    [Theory]
    [InlineData('(', "slot div")]
    [InlineData('<', "call A.Run<a")]
    public void Deep_nesting_is_refused_before_it_exhausts_the_stack(char open, string start)
    {
        var text = "modelbuild-plan-4 key\n" + start + string.Concat(Enumerable.Repeat($"{open}{(open == '(' ? "div" : "a")}", 100_000)) + ">";

        Should.Throw<FormatException>(() => PlanReader.Read(text));
    }

    // 5,000 damaged plans: characters are removed, doubled, replaced by others of the plan, and lines are exchanged. Some are still plans.
    [Fact]
    public void Damage_never_causes_another_exception()
    {
        var random = new Random(20260101);
        var text = PlanWriter.Write(SamplePlan.Create());
        var refused = 0;
        for (var i = 0; i < 5_000; i++)
        {
            try
            {
                PlanReader.Read(Damage(text, random));
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        refused.ShouldBeInRange(1_000, 4_999);
    }

    private static string Damage(string text, Random random)
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 8), text.Length - at);
            var other = random.Next(text.Length);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Remove(at, 1).Insert(at, text[other].ToString()),
                _ => text.Remove(at, 1).Insert(at, ((char)random.Next(1, 300)).ToString()),
            };
        }

        return text;
    }
}
