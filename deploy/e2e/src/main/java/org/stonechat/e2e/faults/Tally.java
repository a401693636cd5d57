package org.stonechat.e2e.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Compares what the journal claims with what was found, and keeps the differences as sentences.
final class Tally {

    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /// An operation has its effect once if it was acknowledged, and at most once if nobody knows.
    ///
    /// @param effect what is counted: "the ticket", "the mail of the reply"
    /// @param found  how often it is there
    void once(Claim claim, String effect, int found) {
        onceUnlessDoubted(claim, effect, found, 0);
    }

    /// As [#once], but each doubt that the platform has recorded excuses one more.
    void onceUnlessDoubted(Claim claim, String effect, int found, int doubts) {
        if (claim.acknowledged() && found == 0) {
            lost.add(effect + " of " + name(claim) + " is missing");
        }
        if (found > 1 + doubts) {
            doubled.add(effect + " of " + name(claim) + " is there " + found + " times"
                    + (doubts == 0 ? "" : ", with " + doubts + " doubts recorded"));
        }
    }

    void lost(String sentence) {
        lost.add(sentence);
    }

    void doubled(String sentence) {
        doubled.add(sentence);
    }

    /// Neither lost nor doubled, and still not as it should be.
    void wrong(String sentence) {
        wrong.add(sentence);
    }

    /// Takes over what was not known before.
    ///
    /// @param known differences told of earlier; those of `other` are added
    void addNew(Tally other, Set<String> known) {
        other.lost.stream().filter(known::add).forEach(lost::add);
        other.doubled.stream().filter(known::add).forEach(doubled::add);
        other.wrong.stream().filter(known::add).forEach(wrong::add);
    }

    int lost() {
        return lost.size();
    }

    int doubled() {
        return doubled.size();
    }

    boolean clean() {
        return lost.isEmpty() && doubled.isEmpty() && wrong.isEmpty();
    }

    List<String> sentences() {
        List<String> all = new ArrayList<>();
        lost.forEach(sentence -> all.add("lost: " + sentence));
        doubled.forEach(sentence -> all.add("doubled: " + sentence));
        wrong.forEach(sentence -> all.add("wrong: " + sentence));
        return all;
    }

    private static String name(Claim claim) {
        return claim.operation() + " " + claim.key();
    }
}
