package org.stonechat.kit.security;

import java.util.UUID;

import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

/// A token that is valid, of somebody whose account is not. It says who that is, for the line that the refusal leaves.
public final class AccountDisabled extends ProblemException {

    private final UUID person;
    private final boolean customer;

    AccountDisabled(UUID person, boolean customer) {
        super(CommonError.ACCOUNT_DISABLED, "Whoever manages the accounts of your organisation can enable it.");
        this.person = person;
        this.customer = customer;
    }

    public UUID person() {
        return person;
    }

    public boolean isCustomer() {
        return customer;
    }
}
